import { useLayoutEffect, useState, type RefObject } from "react";

/** Where the width of an element is not known yet: most likely that of the one before. */
let likely = innerWidth;

/** The width of an element in CSS pixels, also when it changes. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(likely);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => {
      // What is not shown, such as in a closed tab, has no width.
      if (current.clientWidth > 0) setWidth((likely = current.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return width;
}
