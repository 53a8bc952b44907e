interface TabListProps<Name> {
  readonly label: string;
  readonly tabs: readonly (readonly [name: Name, label: string])[];
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
  /** The id of the panel that shows the one that is chosen. */
  readonly panel: string;
}

export function TabList<Name extends string>({ label, tabs, chosen, choose, panel }: TabListProps<Name>) {
  return (
    <div className="bar" role="tablist" aria-label={label}>
      {tabs.map(([name, text]) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          aria-controls={panel}
          onClick={() => choose(name)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
