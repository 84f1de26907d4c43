// CCXT's own rounding, so that tests can hold the engine's against it.

import ccxt from 'ccxt';

const modes = { truncate: ccxt.TRUNCATE, round: ccxt.ROUND };
const countings = { decimals: ccxt.DECIMAL_PLACES, digits: ccxt.SIGNIFICANT_DIGITS, tick: ccxt.TICK_SIZE };

/** `cases`: [{ value, mode, size, counting }], numbers as strings; answers in the same order. */
export function precision({ cases }) {
  return {
    items: cases.map(({ value, mode, size, counting }) => {
      try {
        return ccxt.decimalToPrecision(value, modes[mode], size, countings[counting], ccxt.NO_PADDING);
      } catch (error) {
        return `error: ${error.message}`;
      }
    }),
  };
}
