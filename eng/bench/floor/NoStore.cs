using ExEngine.Core.Webhooks.Signals;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(ExEngine.Floor.NoStore))]

namespace ExEngine.Floor;

/// <summary>
/// The benchmark's floor: the whole product with a store that says "stored" and stores nothing. The product itself has no
/// such switch; it is put in from outside.
/// </summary>
public sealed class NoStore : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddSingleton<SignalStore, Store>());

    private sealed class Store : SignalStore
    {
        public override SignalReceipt[] Write(IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore) =>
            [.. batch.Select(w => new SignalReceipt(SignalReceiptKind.Stored, w.Row.Id))];

        protected override void Close() { }
    }
}
