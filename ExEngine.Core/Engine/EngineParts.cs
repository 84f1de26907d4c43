using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>What every account's loop works with.</summary>
internal sealed record EngineParts(
    AccountLeases Leases, AccountReader Reader, ExchangePool Pool, OrderNewsWriter News, SignalExecution Signals, PositionClosing Closing, OrderDuties Duties,
    ProtectionKeeper Protection, PriceFeed Prices, SymbolReader Lists, TimeProvider Time, IOptions<ExecutionOptions> Options);
