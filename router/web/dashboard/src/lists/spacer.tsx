import styles from './lists.module.css';

/** The height of a table's rows that are not drawn, in pixels. */
export function Spacer({ height }: { readonly height: number }) {
  if (height === 0) return null;
  return (
    <tbody className={styles.spacer} aria-hidden="true">
      <tr>
        <td style={{ height }} />
      </tr>
    </tbody>
  );
}
