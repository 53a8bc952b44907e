import './panels.css';
import { useState } from 'react';
import type { Workspace } from '../data/workspace.ts';
import { useTexts } from '../texts/texts.ts';
import { Build } from './build.tsx';
import { Collections } from './collections.tsx';
import { Documentation } from './documentation.tsx';
import { Environment } from './environment.tsx';
import { Past } from './past.tsx';

const panels = ['build', 'docs', 'collections', 'history', 'environment'] as const;

type Panel = (typeof panels)[number];

/** What helps to write operations; one of them is open, or none. */
export function Panels({ workspace }: { readonly workspace: Workspace }) {
  const { panels: texts } = useTexts();
  const [open, setOpen] = useState<Panel | undefined>(undefined);
  return (
    <div className="panels">
      <nav aria-label={texts.label}>
        {panels.map((panel) => (
          <button
            key={panel}
            type="button"
            aria-expanded={panel === open}
            onClick={() => setOpen(panel === open ? undefined : panel)}
          >
            {texts[panel]}
          </button>
        ))}
      </nav>
      {open && (
        <section className="panel" aria-label={texts[open]}>
          <div className="bar">
            <h2>{texts[open]}</h2>
            <button
              type="button"
              className="quiet"
              aria-label={texts.close}
              title={texts.close}
              onClick={() => setOpen(undefined)}
            >
              ×
            </button>
          </div>
          {open === 'build' && <Build />}
          {open === 'docs' && <Documentation />}
          {open === 'collections' && <Collections library={workspace.library} />}
          {open === 'history' && <Past library={workspace.library} />}
          {open === 'environment' && <Environment library={workspace.library} />}
        </section>
      )}
    </div>
  );
}
