import { useTexts } from '../../texts/texts.ts';
import { type Cabin, cabin, MOST_SEATS_DRAWN } from './cabin.ts';
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
  const taken = capacity - left;
  return (
    <svg
      className={styles.cabin}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      strokeWidth={size / 2}
    >
      <path className={styles.taken} d={squares(seats.slice(0, taken), size)} />
      <path className={styles.free} d={squares(seats.slice(taken), size)} />
    </svg>
  );
}

/**
 * All in one path: an element for each seat takes as long to draw as all else of a list. A line of half a seat around each square, which is
 * smaller by as much, makes its corners round.
 */
const squares = (seats: Cabin['seats'], size: number): string =>
  seats.map(({ x, y }) => `M${x + size / 4} ${y + size / 4}h${size / 2}v${size / 2}h${-size / 2}z`).join('');
