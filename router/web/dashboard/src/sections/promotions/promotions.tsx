import { useServices, useValue } from '../../app/context.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { useTexts } from '../../texts/texts.ts';
import styles from './promotions.module.css';

/** The texts of the promotions folder. */
export function Promotions() {
  const { live } = useServices();
  const texts = useTexts();
  const promotions = useValue(live.promotionTexts);
  return (
    <Panel id="promotions" heading={texts.promotions.heading} isFlush>
      <Loaded loader={live.promotions} lines={2}>
        {promotions.length === 0 && (
          <Empty title={texts.promotions.empty} hint={texts.promotions.emptyHint} />
        )}
        <ul className={styles.list}>
          {promotions.map(({ name, text }) => (
            <li key={name} className={styles.promotion}>
              <p className={styles.text}>{text}</p>
              <p className={styles.name}>{name}</p>
            </li>
          ))}
        </ul>
      </Loaded>
    </Panel>
  );
}
