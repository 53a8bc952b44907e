import { type ReactNode, useEffect } from 'react';
import { useTexts } from '../texts/texts.ts';

interface TitledProps {
  /** Of this page among the others; undefined for the first. */
  readonly title: string | undefined;
  readonly children: ReactNode;
}

/** A page that names itself in the browser's tabs and its history. */
export function Titled({ title, children }: TitledProps) {
  const { title: site } = useTexts();
  useEffect(() => {
    document.title = title === undefined ? site : `${title} · ${site}`;
  }, [title, site]);
  return children;
}
