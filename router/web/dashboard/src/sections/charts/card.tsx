import type { ReactNode } from 'react';
import styles from './charts.module.css';

/** A chart's frame: its title, and what it is made of. */
export function Card(props: { readonly title: string; readonly note: string; readonly children: ReactNode }) {
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h3>{props.title}</h3>
        <span>{props.note}</span>
      </header>
      {props.children}
    </article>
  );
}
