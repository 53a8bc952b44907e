import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Saved } from './data/library.ts';
import { isSame } from './data/links.ts';

/** Opens operations in tabs. GraphiQL notices what its editors have a moment late, so it is told before a tab is left. */
export function useOpen() {
  const { addTab, changeTab, closeTab, updateActiveTabValues, setOperationFacts } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  );

  function current(): Required<Saved> {
    return {
      query: queryEditor?.getValue() ?? '',
      variables: variableEditor?.getValue() ?? '',
      headers: headerEditor?.getValue() ?? '',
    };
  }

  function add(): void {
    updateActiveTabValues(current());
    // Else the name of the tab that is left would be that of the new one, and the other way about.
    setOperationFacts({});
    addTab();
  }

  return {
    active: activeTabIndex,
    tabs,
    isReady: [queryEditor, variableEditor, headerEditor, responseEditor].every((each) => each !== undefined),
    current,
    add,

    choose(index: number): void {
      if (index === activeTabIndex) return;
      updateActiveTabValues(current());
      changeTab(index);
    },

    close: closeTab,

    /** The tab that has it, or else a new one. */
    open({ query, variables, headers = '' }: Saved): void {
      const isIt = (tab: Saved) => isSame(tab, { query, variables });
      const now = current();
      if (isIt(now)) return;
      const known = tabs.findIndex(
        (tab, index) =>
          index !== activeTabIndex && isIt({ query: tab.query ?? '', variables: tab.variables ?? '' }),
      );
      if (known >= 0) {
        updateActiveTabValues(now);
        changeTab(known);
        return;
      }
      if (now.query.trim() !== '') add();
      queryEditor?.setValue(query);
      variableEditor?.setValue(variables);
      headerEditor?.setValue(headers);
      updateActiveTabValues({ query, variables, headers, operationName: null });
    },

    /** Replaces what is in the editors of the active tab. */
    edit({ query, variables }: Partial<Saved>): void {
      if (query !== undefined) queryEditor?.setValue(query);
      if (variables !== undefined) variableEditor?.setValue(variables);
      updateActiveTabValues({
        ...(query !== undefined && { query }),
        ...(variables !== undefined && { variables }),
      });
    },
  };
}

export type Opening = ReturnType<typeof useOpen>;
