import type { Library } from '../data/library.ts';
import { useTexts } from '../texts/texts.ts';
import { useOpen } from '../use-open.ts';
import { useValue } from '../use-value.ts';

/** What was run, the newest first. */
export function Past({ library }: { readonly library: Library }) {
  const { history: texts, response, tabs } = useTexts();
  const past = useValue(library.history);
  const { open } = useOpen();
  if (past.length === 0) return <p>{texts.empty}</p>;
  return (
    <>
      <ul className="list">
        {past.map((each) => (
          <li key={each.at + each.query}>
            <button type="button" onClick={() => open(each)}>
              <span>{each.name || tabs.untitled}</span>
              <span className="soft">
                <time dateTime={new Date(each.at).toISOString()}>
                  {new Date(each.at).toLocaleTimeString(document.documentElement.lang)}
                </time>
                {` · ${response.ms(each.ms)}`}
                {each.hasErrors && ` · ${texts.failed}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => library.history.set([])}>
        {texts.clear}
      </button>
    </>
  );
}
