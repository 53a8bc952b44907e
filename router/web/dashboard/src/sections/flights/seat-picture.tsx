import { useTexts } from '../../texts/texts.ts';
import { cabin, MOST_SEATS_DRAWN } from './cabin.ts';
import styles from './flights.module.css';

interface SeatPictureProps {
  readonly capacity: number;
  readonly left: number;
}

/** Taken and free seats: a cabin seen from above where its seats can be counted, else a bar. */
export function SeatPicture({ capacity, left }: SeatPictureProps) {
  const texts = useTexts();
  const label = texts.flights.left(left, capacity);
  if (capacity > MOST_SEATS_DRAWN) {
    return (
      <svg
        className={styles.bar}
        role="img"
        aria-label={label}
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
      >
        <rect className={styles.free} width="100" height="8" />
        <rect className={styles.taken} width={100 * (1 - left / capacity)} height="8" />
      </svg>
    );
  }
  const { seats, width, height, size } = cabin(capacity);
  return (
    <svg
      className={styles.cabin}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      {seats.map(({ x, y }, index) => (
        <rect
          key={`${x} ${y}`}
          x={x}
          y={y}
          width={size}
          height={size}
          rx={size / 4}
          className={index < capacity - left ? styles.taken : styles.free}
        />
      ))}
    </svg>
  );
}
