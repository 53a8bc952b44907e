import type { Storage as GraphiQLStorage } from '@graphiql/toolkit';
import { isRecord } from './stored.ts';

/** As GraphiQL's storage names them. */
const TABS = 'graphiql:tabState';
const EDITORS: Readonly<Record<string, string>> = {
  'graphiql:query': 'query',
  'graphiql:variables': 'variables',
  'graphiql:headers': 'headers',
};

/**
 * What GraphiQL keeps, where its editors have what the active tab has. By itself it keeps the two one after the other, and adds a
 * tab when it starts and they differ.
 */
export function tabStorage(stored: Storage): GraphiQLStorage {
  return {
    get length() {
      return stored.length;
    },
    clear: () => stored.removeItem(TABS),
    removeItem: (name) => stored.removeItem(name),
    getItem(name) {
      const field = EDITORS[name];
      return field === undefined ? stored.getItem(name) : fieldOf(activeTab(stored.getItem(TABS)), field);
    },
    setItem(name, value) {
      if (!(name in EDITORS)) stored.setItem(name, value);
    },
  };
}

function activeTab(json: string | null): unknown {
  try {
    const state: unknown = JSON.parse(json ?? 'null');
    if (!isRecord(state) || !Array.isArray(state.tabs)) return undefined;
    return state.tabs[Number(state.activeTabIndex)];
  } catch {
    return undefined;
  }
}

function fieldOf(tab: unknown, name: string): string | null {
  const value = isRecord(tab) ? tab[name] : undefined;
  return typeof value === 'string' ? value : null;
}
