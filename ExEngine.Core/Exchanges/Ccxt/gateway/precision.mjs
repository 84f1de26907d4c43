// CCXT's own rounding, so that tests can hold the engine's against it.

import { functions } from './ccxt.mjs';

const modes = { truncate: functions.TRUNCATE, round: functions.ROUND };
const countings = { decimals: functions.DECIMAL_PLACES, digits: functions.SIGNIFICANT_DIGITS, tick: functions.TICK_SIZE };

/** `cases`: [{ value, mode, size, counting }], numbers as strings; answers in the same order. */
export function precision({ cases }) {
  return {
    items: cases.map(({ value, mode, size, counting }) => {
      try {
        return functions.decimalToPrecision(value, modes[mode], size, countings[counting], functions.NO_PADDING);
      } catch (error) {
        return `error: ${error.message}`;
      }
    }),
  };
}
