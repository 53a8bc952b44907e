import type { MetricDefinition } from './metric-catalog.ts';

/** One line of a metric, as prom-client's registry writes it. */
export interface Sample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly metricName?: string;
}

/** A counter or gauge with one set of label values. */
export interface Count {
  value: number;
}

/** A histogram with one set of label values. */
export interface Distribution {
  readonly counts: number[];
  sum: number;
  observe(value: number): void;
}

/** Parts by their first label's text, below that by their second's, and so on. */
type Level<Part> = Map<string, Level<Part> | Part>;

/**
 * A metric's parts by their label values. prom-client's own spend a quarter of a microsecond on the labels of each
 * observation, more than on all the rest; here a part is found by a look-up for each label.
 */
export abstract class Instrument<Part extends Count | Distribution> {
  readonly name: string;
  readonly help: string;
  readonly type: MetricDefinition['type'];
  protected readonly parts: { readonly values: readonly string[]; readonly part: Part }[] = [];
  readonly #labels: readonly string[];
  readonly #byLabels: Level<Part> = new Map();

  constructor(name: string, { help, type, labels }: MetricDefinition) {
    this.name = name;
    this.help = help;
    this.type = type;
    this.#labels = labels;
  }

  /** The part with these label values, which is made when it is new. */
  of(values: readonly string[]): Part {
    let level = this.#byLabels;
    const last = Math.max(0, this.#labels.length - 1);
    for (let index = 0; index < last; index += 1) {
      const value = values[index] ?? '';
      let below = level.get(value) as Level<Part> | undefined;
      if (!below) {
        below = new Map();
        level.set(value, below);
      }
      level = below;
    }
    const value = values[last] ?? '';
    return (level.get(value) as Part | undefined) ?? this.#add(level, value, values);
  }

  #add(level: Level<Part>, value: string, values: readonly string[]): Part {
    const part = this.create();
    level.set(value, part);
    this.parts.push({ values, part });
    return part;
  }

  /** Forgets all parts. */
  clear(): void {
    this.#byLabels.clear();
    this.parts.length = 0;
  }

  /** What prom-client's registry asks a metric for. */
  get() {
    const { name, help, type } = this;
    return { name, help, type, aggregator: 'sum', values: this.samples() };
  }

  protected labelsOf(values: readonly string[]): Record<string, string> {
    return Object.fromEntries(this.#labels.map((label, index) => [label, values[index] ?? '']));
  }

  protected abstract create(): Part;
  protected abstract samples(): Sample[];
}

export class Counts extends Instrument<Count> {
  protected override create(): Count {
    return { value: 0 };
  }

  protected override samples(): Sample[] {
    return this.parts.map(({ values, part }) => ({
      value: part.value,
      labels: this.labelsOf(values),
    }));
  }
}

export class Distributions extends Instrument<Distribution> {
  readonly #bounds: readonly number[];

  constructor(name: string, definition: MetricDefinition) {
    super(name, definition);
    this.#bounds = definition.buckets ?? [];
  }

  protected override create(): Distribution {
    const bounds = this.#bounds;
    // The last is for what is above all bounds.
    const counts = new Array<number>(bounds.length + 1).fill(0);
    const distribution: Distribution = {
      counts,
      sum: 0,
      observe: (value) => {
        let index = 0;
        while (index < bounds.length && value > (bounds[index] as number)) index += 1;
        counts[index] = (counts[index] as number) + 1;
        distribution.sum += value;
      },
    };
    return distribution;
  }

  protected override samples(): Sample[] {
    return this.parts.flatMap(({ values, part }) => {
      const labels = this.labelsOf(values);
      let total = 0;
      const buckets = part.counts.map((count, index) => {
        total += count;
        const le = this.#bounds[index] ?? '+Inf';
        return { metricName: `${this.name}_bucket`, value: total, labels: { ...labels, le } };
      });
      return [
        ...buckets,
        { metricName: `${this.name}_sum`, value: part.sum, labels },
        { metricName: `${this.name}_count`, value: total, labels },
      ];
    });
  }
}
