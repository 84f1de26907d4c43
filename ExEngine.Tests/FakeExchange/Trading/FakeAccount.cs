using System.Security.Cryptography;
using System.Text;

namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>One customer: what he holds and all he ever ordered, oldest first.</summary>
internal sealed class FakeAccount(string name)
{
    private readonly Dictionary<string, FakeOrder> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeOrder> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, FakeOrder> _byId = [];

    public string Name { get; } = name;

    /// <summary>What the exchange calls the account by, whatever key is used.</summary>
    public long Uid { get; } = 354_000_000 + BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 1_000_000;
    public Wallet Wallet { get; } = new();
    public FakeCommission Commission { get; set; } = new();
    public List<FakeOrder> Orders { get; } = [];
    public List<FakeTrade> Trades { get; } = [];
    public IEnumerable<FakeOrder> Open => _open.Values;

    public bool HasOpen(string clientOrderId) => _open.ContainsKey(clientOrderId);

    public void Add(FakeOrder order)
    {
        Orders.Add(order);
        _byClientId[order.Request.ClientOrderId] = order;
        _byId[order.Id] = order;
        _open[order.Request.ClientOrderId] = order;
    }

    public void Close(FakeOrder order) => _open.Remove(order.Request.ClientOrderId);

    /// <summary>As if it had never been placed.</summary>
    public void Forget(FakeOrder order)
    {
        Orders.Remove(order);
        _byClientId.Remove(order.Request.ClientOrderId);
        _byId.Remove(order.Id);
        Close(order);
    }

    public FakeOrder? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>The last one with this client id.</summary>
    public FakeOrder? Find(string clientOrderId) => _byClientId.GetValueOrDefault(clientOrderId);
}
