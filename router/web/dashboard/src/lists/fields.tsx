import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useQuery } from '../app/address.ts';
import { useTexts } from '../texts/texts.ts';

const TYPING_MS = 250;

interface FieldProps {
  /** In the query string. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'search' | 'date' | 'text';
  readonly inputMode?: 'numeric' | 'decimal';
  /** What a text stands for; undefined or false: it cannot be searched for. Default: any can. */
  readonly reads?: (text: string) => unknown;
}

/** A condition of a search, kept in the address once it is typed. */
export function FilterField({ name, label, type = 'text', inputMode, reads }: FieldProps) {
  const { lists: texts } = useTexts();
  const [query, change] = useQuery();
  const addressed = query.get(name) ?? '';
  const [typed, setTyped] = useState(addressed);
  const written = useRef(addressed);
  // By a link, or back: what is in the address then is what is searched for.
  if (addressed !== written.current) {
    written.current = addressed;
    setTyped(addressed);
  }
  useEffect(() => {
    if (typed === written.current) return;
    const write = () => {
      written.current = typed.trim();
      change({ [name]: typed.trim() });
    };
    const timer = setTimeout(write, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, name, change]);
  const read = addressed === '' || !reads || reads(addressed);
  return (
    <TextInput
      size="xs"
      type={type}
      label={label}
      value={typed}
      error={(read === undefined || read === false) && texts.refused(addressed)}
      autoComplete="off"
      {...(inputMode && { inputMode })}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** The first one is the default, which is not in the address. */
  readonly options: readonly (readonly [value: string, text: string])[];
}

export function FilterChoice({ name, label, options }: ChoiceProps) {
  const [query, change] = useQuery();
  const [first = ''] = options[0] ?? [];
  return (
    <NativeSelect
      size="xs"
      label={label}
      value={query.get(name) ?? first}
      data={options.map(([value, text]) => ({ value, label: text }))}
      onChange={({ currentTarget: { value } }) => change({ [name]: value === first ? undefined : value })}
    />
  );
}
