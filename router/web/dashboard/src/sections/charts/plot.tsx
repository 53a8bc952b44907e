import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './charts.module.css';

interface PlotProps {
  readonly data: uPlot.AlignedData;
  /** Called once per theme: colors of the page by the name of their variable. */
  readonly options: (color: (name: string) => string) => Omit<uPlot.Options, 'width' | 'height'>;
  /** Makes new axes, when it changes. */
  readonly version: string;
}

const HEIGHT = 112;

/** A canvas, which a screen reader cannot read: its user adds a table. */
export function Plot({ data, options, version }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef({ data, options });
  latest.current = { data, options };
  const { colorScheme } = useMantineColorScheme();

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const draw = () => {
      const style = getComputedStyle(document.documentElement);
      plot.current?.destroy();
      plot.current = new uPlot(
        {
          ...latest.current.options((name) => style.getPropertyValue(name).trim()),
          width: element.clientWidth,
          height: HEIGHT,
        },
        latest.current.data,
        element,
      );
    };
    draw();
    const resizes = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    resizes.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      resizes.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [colorScheme, version]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);

  return <div ref={place} className={styles.plot} aria-hidden="true" />;
}
