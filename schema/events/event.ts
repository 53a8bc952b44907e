import { z } from 'zod';

/** What one event type looks like on the wire. */
export interface EventDefinition<Data = unknown> {
  /** Raised when `data` changes so that earlier readers, or events published before, would be refused. */
  readonly version: number;
  /** The field of `data` that names the aggregate: the CloudEvents `subject`. */
  readonly subject: string;
  readonly data: z.ZodType<Data>;
  /** For each older version, how its data becomes that of the next one. */
  readonly upcasters: Readonly<Record<number, (data: PublishedData) => PublishedData>>;
}

/** Data as it was published: without what has a default and was added later. */
type PublishedData = Readonly<Record<string, unknown>>;

/**
 * Defines an event; `subject` is the field that holds the aggregate's id. Fields that a reader does not know are
 * dropped, so that earlier readers accept a field that is added. How to change an event: README.md.
 */
export function event<Shape extends z.ZodRawShape>(
  version: number,
  subject: keyof Shape & string,
  shape: Shape,
  upcasters: EventDefinition['upcasters'] = {},
): EventDefinition<z.infer<z.ZodObject<Shape>>> {
  // The compiler does not resolve the output of a schema whose shape is a type parameter.
  const data = z.object(shape) as unknown as z.ZodType<z.infer<z.ZodObject<Shape>>>;
  return { version, subject, data, upcasters };
}

export const id = z.string().min(1).max(100);
export const date = z.iso.date();
export const instant = z.iso.datetime();
export const seats = z.int().min(1);
export const seatCount = z.int().min(0);
export const money = z.int().min(0);
/** ISO 4217, of all amounts of an event; those of events that name none are won. */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .default('KRW');
