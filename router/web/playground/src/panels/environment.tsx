import type { FormEvent } from 'react';
import type { Library } from '../data/library.ts';
import { useTexts } from '../texts/texts.ts';
import { useValue } from '../use-value.ts';

/** Names that stand for values in variables and headers. */
export function Environment({ library: { environment } }: { readonly library: Library }) {
  const { environment: texts } = useTexts();
  const names = useValue(environment);

  function add(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    environment.set({ ...environment.get(), [String(form.get('name'))]: String(form.get('value')) });
    event.currentTarget.reset();
  }

  function remove(name: string): void {
    const { [name]: _, ...others } = environment.get();
    environment.set(others);
  }

  return (
    <>
      <p>{texts.about}</p>
      <ul className="list">
        {Object.entries(names).map(([name, value]) => (
          <li key={name} className="row">
            <label>
              <code>{name}</code>
              <input
                value={value}
                onChange={({ currentTarget }) => environment.set({ ...names, [name]: currentTarget.value })}
              />
            </label>
            <button
              type="button"
              className="quiet"
              aria-label={texts.remove(name)}
              onClick={() => remove(name)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <form className="form" onSubmit={add}>
        <label>
          {texts.name}
          <input name="name" required pattern="[\w\-]+" />
        </label>
        <label>
          {texts.value}
          <input name="value" />
        </label>
        <button type="submit">{texts.add}</button>
      </form>
    </>
  );
}
