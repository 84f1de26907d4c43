using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>What every account's loop works with.</summary>
internal sealed record EngineParts(
    AccountLeases Leases,
    AccountReader Reader,
    ExchangeFactory Pool,
    ExecutionReportHandler Report,
    DueSignalPlanner Signals,
    PositionClosing Closing,
    OrderDispatcher Duties,
    ProtectionKeeper Protection,
    PriceFeed Prices,
    OrderHistoryReader Lists,
    TimeProvider Time,
    IOptions<ExecutionOptions> Options
);
