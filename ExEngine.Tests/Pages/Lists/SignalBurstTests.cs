using System.Diagnostics;
using ExEngine.Core.Events;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages.Lists;

/// <summary>Measures, so nothing else runs meanwhile.</summary>
[Collection(Alone.Name)]
[NeedsServer]
public sealed class SignalBurstTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task BurstOfAThousand_KeepsThePageResponsive()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(50);
        await reader.OpenAsync("/signals");
        var lines = reader.Page.Locator("tbody tr.mud-table-row");
        await reader.Page.EvaluateAsync(
            """
            window.changes = 0;
            new MutationObserver(() => window.changes++).observe(document.querySelector('tbody'), { childList: true, subtree: true });
            """
        );

        // A machine on which the rows are written fast still has to answer enough clicks for a median that means something.
        var (clicks, watch, answered) = (new List<double>(), Stopwatch.StartNew(), 0);
        var burst = Task.Run(async () =>
        {
            for (var i = 0; i < 50 || Volatile.Read(ref answered) < 40; i++)
            {
                await reader.Rows.AddAsync(Enumerable.Repeat<Action<Signal>>(s => s.Symbol = "SOL/USDT", 20));
                app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, Guid.Empty));
            }
        });
        while (!burst.IsCompleted)
        {
            clicks.Add(
                await reader.Page.EvaluateAsync<double>(
                    """
                    () => new Promise(done => {
                      const button = document.querySelector('.filter-toggle'),
                          was = button.getAttribute('aria-expanded'), start = performance.now();
                      new MutationObserver((_, o) => { o.disconnect(); done(performance.now() - start); })
                          .observe(button, { attributes: true });
                      button.click();
                    })
                    """
                )
            );
            Interlocked.Increment(ref answered);
        }

        await burst;
        await Until.True(async () => await lines.Filter(new() { HasText = "SOL/USDT" }).CountAsync() > 20);
        clicks
            .Order()
            .ElementAt(clicks.Count / 2)
            .ShouldBeLessThan(200, $"Clicks were answered late (ms): {string.Join(' ', clicks.Select(c => (int)c))}");
        (await lines.CountAsync()).ShouldBeLessThan(80, "Rows out of sight are rendered.");

        // Each refresh may draw twice: its rows, then those that came into sight.
        (await reader.Page.EvaluateAsync<int>("window.changes")).ShouldBeLessThan(
            (int)(watch.Elapsed.TotalSeconds * 4 * 2) + 8,
            "The table changes more than four times a second."
        );
    }
}
