using System.Xml.Linq;
using ExEngine.Core.Data;
using ExEngine.Core.Data.Sealing;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Tests.Support;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data.Sealing;

[NeedsServer]
public sealed class SecretResealTests
{
    [Fact]
    public async Task RingThatIsStillRead_SealsNothingUnderTheFormerKey()
    {
        using var ring = new HeldRing();
        await using var app = new AppFactory { ["Gateway:Enabled"] = "false" };
        app.With(s => s.PostConfigure<KeyManagementOptions>(o => o.XmlRepository = ring.Around(o.XmlRepository!)));
        await AddAccountAsync(app);
        var former = (await app.Get<RingStore>().ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Id;
        var now = app.Get<TimeProvider>().GetUtcNow();
        var next = app.Get<IKeyManager>().CreateNewKey(now, now.AddDays(90)).KeyId;
        ring.Hold();

        var running = app.Get<SecretReseal>().RunAsync([former], _ => { }, CancellationToken.None);
        await Until.True(() => ring.IsAsked);
        (await app.Get<SecretReseal>().CountAsync([former], CancellationToken.None)).ShouldBe(1);
        ring.Release();
        (await running).ShouldBeEmpty();

        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        CiphertextKey.Of((await db.ExchangeAccounts.AsNoTracking().SingleAsync()).SecretSealed!).ShouldBe(next);
        CiphertextKey.Of((await db.Canaries.AsNoTracking().SingleAsync()).Sealed).ShouldBe(next);
    }

    [Fact]
    public async Task RingWithoutAnotherKey_ChangesNothing()
    {
        await using var app = new AppFactory { ["Gateway:Enabled"] = "false" };
        await AddAccountAsync(app);
        var only = (await app.Get<RingStore>().ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Id;

        var refused = await Should.ThrowAsync<InvalidOperationException>(() =>
            app.Get<SecretReseal>().RunAsync([only], _ => { }, CancellationToken.None)
        );

        refused.Message.ShouldContain(only.ToString());
        (await app.Get<SecretReseal>().CountAsync([only], CancellationToken.None)).ShouldBe(1);
    }

    private static async Task AddAccountAsync(AppFactory app)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var (user, account) = SealedRows.New(app.Get<SequentialIds>(), 0);
        account.SecretSealed = app.Get<SecretSealer>().Seal(new(nameof(ExchangeAccount), user.Id, account.Id, "Secret"), "secret");
        db.AddRange(user, account);
        await db.SaveChangesAsync();
    }

    /// <summary>The store of the ring, whose answer can be held back: a slow disk, or a Redis that is far.</summary>
    private sealed class HeldRing : IXmlRepository, IDisposable
    {
        private readonly ManualResetEventSlim _open = new(true);
        private IXmlRepository? _store;

        public bool IsAsked { get; private set; }

        public HeldRing Around(IXmlRepository store)
        {
            _store = store;
            return this;
        }

        public void Hold() => _open.Reset();

        public void Release() => _open.Set();

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            IsAsked |= !_open.IsSet;
            _open.Wait();
            return _store!.GetAllElements();
        }

        public void StoreElement(XElement element, string friendlyName) => _store!.StoreElement(element, friendlyName);

        public void Dispose() => _open.Dispose();
    }
}
