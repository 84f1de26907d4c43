// Where exchanges differ behind CCXT's one face.

const binance = {
  cancelByClientId: true,
  find: (exchange, { symbol, clientId }) => exchange.fetchOrder(undefined, symbol, { clientOrderId: clientId }),
  stops: true,
  pages: { forward: true, limit: 1000, window: 24 * 3600_000, openIsWhole: true },
};

const first = (orders, clientId) => orders.find((order) => order.clientOrderId === clientId);

/**
 * By exchange; `binance` stands for its family. `pages` says how much one answer tells at most: rows of ended orders and of trades
 * (`limit`), open orders (`open`, or all of them). Where it says nothing, no list proves that something does not exist.
 */
const quirks = {
  binance,
  binanceus: binance,
  bybit: {
    cancelByClientId: false,
    buysByQuantity: true, // unified accounts do, whatever CCXT's features say; for classic ones CCXT refuses by itself
    stops: true,
    findById: false,
    pages: { limit: 50, open: 50 },

    // fetchOrder sees only the last 500 orders; these two see the open and recent ones, and all of two years.
    find: async (exchange, { symbol, clientId }) =>
      first(await exchange.fetchOpenOrders(symbol, undefined, undefined, { orderLinkId: clientId }), clientId)
      ?? first(await exchange.fetchClosedOrders(symbol, undefined, undefined, { orderLinkId: clientId }), clientId)
      ?? first(await exchange.fetchCanceledOrders(symbol, undefined, undefined, { orderLinkId: clientId }), clientId),
    warm: (exchange) => exchange.isUnifiedEnabled(),
  },
  okx: {
    cancelByClientId: true,
    pages: { limit: 100, open: 100 },
    find: (exchange, { symbol, clientId }) => exchange.fetchOrder(undefined, symbol, { clientOrderId: clientId }),
  },
  kucoin: {
    cancelByClientId: true,
    pages: { limit: 50, open: 50 },
    find: (exchange, { symbol, clientId }) => exchange.fetchOrder('', symbol, { clientOid: clientId }),
    warm: (exchange) => exchange.isUTAEnabled(),
  },
  kraken: {
    cancelByClientId: true,
    stops: true,
    tradesOfOrder: false,
    pages: { offset: true, limit: 50, openIsWhole: true },

    // fetchOrder would send the client id as a number of Kraken's own.
    find: async (exchange, { symbol, clientId }) =>
      first(await exchange.fetchOpenOrders(symbol, undefined, undefined, { cl_ord_id: clientId }), clientId)
      ?? first(await exchange.fetchClosedOrders(symbol, undefined, undefined, { cl_ord_id: clientId }), clientId),
  },
};

const none = { cancelByClientId: false, pages: {} };

export const quirksOf = (id) => quirks[id] ?? none;
