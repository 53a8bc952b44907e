import { type FormEvent, useId } from 'react';
import { cases } from '../cases/index.ts';
import type { Kept, Library } from '../data/library.ts';
import { useTexts } from '../texts/texts.ts';
import { useOpen } from '../use-open.ts';
import { useValue } from '../use-value.ts';

/** The acceptance cases, and what this browser has saved. */
export function Collections({ library }: { readonly library: Library }) {
  const { collections: texts, cases: about } = useTexts();
  const kept = useValue(library.collections);
  const { open } = useOpen();
  const names = [...new Set(kept.map(({ collection }) => collection))];
  const remove = (one: Kept) => library.collections.set(kept.filter((each) => each !== one));
  return (
    <>
      <h3>{texts.cases}</h3>
      <ol className="list">
        {cases.map((each) => (
          <li key={each.name}>
            <button type="button" onClick={() => open(each)}>
              {about[each.name].title}
            </button>
          </li>
        ))}
      </ol>
      {names.map((collection) => (
        <section key={collection} aria-label={collection}>
          <h3>{collection}</h3>
          <ul className="list">
            {kept
              .filter((each) => each.collection === collection)
              .map((each) => (
                <li key={each.name} className="row">
                  <button type="button" onClick={() => open(each)}>
                    {each.name}
                  </button>
                  <button
                    type="button"
                    className="quiet"
                    aria-label={texts.remove(each.name)}
                    onClick={() => remove(each)}
                  >
                    ×
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <Save library={library} names={names} />
    </>
  );
}

interface SaveProps {
  readonly library: Library;
  readonly names: readonly string[];
}

/** Saves the operation of the active tab; one of the same name gives way. */
function Save({ library, names }: SaveProps) {
  const { collections: texts } = useTexts();
  const { current, tabs, active } = useOpen();
  const id = useId();

  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const saved = { name: String(form.get('name')), collection: String(form.get('collection')) };
    const { collections } = library;
    const others = collections
      .get()
      .filter(({ name, collection }) => name !== saved.name || collection !== saved.collection);
    const { query, variables } = current();
    collections.set([...others, { ...saved, query, variables }]);
  }

  return (
    <form className="form" onSubmit={save} key={tabs[active]?.title}>
      <label>
        {texts.name}
        <input name="name" required defaultValue={tabs[active]?.operationName ?? ''} />
      </label>
      <label>
        {texts.collection}
        <input name="collection" required defaultValue={names[0] ?? texts.mine} list={id} />
        <datalist id={id}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </label>
      <button type="submit">{texts.save}</button>
    </form>
  );
}
