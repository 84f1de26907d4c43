namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>What an account holds. No amount ever goes below zero: whoever takes has asked first.</summary>
internal sealed class Wallet
{
    private readonly SortedDictionary<string, (decimal Free, decimal Locked)> _assets = new(StringComparer.Ordinal);

    public IEnumerable<(string Asset, decimal Free, decimal Locked)> All => _assets.Select(a => (a.Key, a.Value.Free, a.Value.Locked));

    public decimal Free(string asset) => _assets.GetValueOrDefault(asset).Free;

    public void Credit(string asset, decimal amount) => Change(asset, amount, 0);

    public void Debit(string asset, decimal amount) => Change(asset, -amount, 0);

    public void Lock(string asset, decimal amount) => Change(asset, -amount, amount);

    public void Unlock(string asset, decimal amount) => Change(asset, amount, -amount);

    public void SpendLocked(string asset, decimal amount) => Change(asset, 0, -amount);

    private void Change(string asset, decimal free, decimal locked)
    {
        var (nowFree, nowLocked) = _assets.GetValueOrDefault(asset);
        if (nowFree + free < 0 || nowLocked + locked < 0)
        {
            throw new InvalidOperationException($"{asset} has {nowFree} free and {nowLocked} locked; changes by {free} and {locked}.");
        }

        _assets[asset] = (nowFree + free, nowLocked + locked);
    }
}
