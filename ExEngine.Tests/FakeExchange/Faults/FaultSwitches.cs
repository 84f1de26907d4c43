using ExEngine.Tests.FakeExchange.Dialect;

namespace ExEngine.Tests.FakeExchange.Faults;

/// <summary>Which fault a request meets: the first one that is set for it. Requests are numbered as they arrive.</summary>
internal sealed class FaultSwitches
{
    private readonly Lock _lock = new();
    private readonly List<Switch> _switches = [];

    public void Add(FakeFault fault)
    {
        lock (_lock)
        {
            _switches.Add(new Switch(fault));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _switches.Clear();
        }
    }

    public FakeFault? Meet(EndpointKind kind, string? clientOrderId, string? account, string? symbol)
    {
        lock (_lock)
        {
            foreach (var each in _switches)
            {
                if (each.IsFor(kind, clientOrderId, account, symbol) && each.Falls())
                {
                    return each.Fault;
                }
            }

            return null;
        }
    }

    private sealed class Switch(FakeFault fault)
    {
        private readonly Random _random = new(fault.Seed);
        private int _left = fault.Next ?? int.MaxValue;

        public FakeFault Fault => fault;

        public bool IsFor(EndpointKind kind, string? clientOrderId, string? account, string? symbol) =>
            _left > 0
            && IsOn(kind)
            && (fault.ClientOrderId ?? clientOrderId) == clientOrderId
            && (fault.Account ?? account) == account
            && (fault.Symbol ?? symbol) == symbol;

        private bool IsOn(EndpointKind kind) =>
            fault.On is FaultOn.Any || fault.On.ToString() == kind.ToString() || (fault.On == FaultOn.Query && kind == EndpointKind.Trades);

        // A request that is spared by chance counts too.
        public bool Falls()
        {
            _left -= fault.Next is null ? 0 : 1;
            return _random.NextDouble() < fault.Probability;
        }
    }
}
