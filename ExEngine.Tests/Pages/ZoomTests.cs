using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>
/// Every page at 200 %: on a wide screen by the browser's zoom, which leaves half of it, and on a phone by its text size. Nothing scrolls
/// sideways, no text is cut without a way to read it, and what the page is for can be pressed.
/// </summary>
[NeedsServer]
public sealed class ZoomTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly Look Zoomed = new("1440-zoomed", 720, 450, true);

    /// <summary>Elements that hide a part of their text, and have no ellipsis that says so, and those that lie beside the screen.</summary>
    private const string Cut = """
        () => {
          const wide = document.documentElement.clientWidth, found = [];
          const name = e => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className} "${e.textContent.trim().slice(0, 40)}"`;
          const away = e => e && (getComputedStyle(e).clipPath !== 'none' || away(e.parentElement));
          const scrolls = e => { for (let p = e.parentElement; p; p = p.parentElement) {
            if (/auto|scroll/.test(getComputedStyle(p).overflowX) && p.scrollWidth > p.clientWidth + 1) return true; } return false; };
          for (const e of document.body.querySelectorAll('*')) {
            const style = getComputedStyle(e), box = e.getBoundingClientRect();
            if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || box.width < 2 || box.height < 2) continue;
            if (away(e) || e.closest('.skip-link, svg, .canvas, [aria-hidden=true]')) continue;
            const holds = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
            if (!holds && !e.matches('button, a, input, select')) continue;
            const isOut = box.right > wide + 1 || box.left < -1;
            if (isOut && !scrolls(e) && !e.closest('.mud-drawer')) found.push(`beside the screen: ${name(e)}`);
            if (/hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis' && e.scrollWidth > e.clientWidth + 2)
              found.push(`cut: ${name(e)}`);
            if (/hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 4 && style.webkitLineClamp === 'none')
              found.push(`cut below: ${name(e)}`);
          }
          return [...new Set(found)].slice(0, 12);
        }
        """;

    [Fact]
    public Task WideScreen_AtTwiceTheSize() => LookAtAllAsync(Zoomed, text: null);

    [Fact]
    public Task Phone_WithTextOfTwiceTheSize() => LookAtAllAsync(Look.PhoneLight, text: "200%");

    private async Task LookAtAllAsync(Look look, string? text)
    {
        await using var reader = await app.SignInAsync(look);
        var position = await SamplePositions.AddAsync(app.App, reader.Rows);
        await SampleMoney.AddAsync(app.App, reader.Rows);
        await SampleSignals.AddAsync(reader.Rows);
        var signal = (await reader.Rows.AddAsync(1))[0];
        var order = (await new OrderRows(app.App, reader.Rows).AddAsync(_ => { }))[0];

        // The page, and what it is for: the press that must be possible.
        (string Address, string? Act)[] pages =
        [
            ("/", ".figure a, .latest a"),
            ("/positions", ".list-page a, main a"),
            ($"/positions/{position}", "button:has-text('Close')"),
            ("/orders", "button:has-text('New order')"),
            ($"/orders/{order}", ".drawer [aria-label=Close]"),
            ("/orders/new?symbol=BTC/USDT", ".place"),
            ("/signals", "main a"),
            ($"/signals/{signal}", ".drawer [aria-label=Close]"),
            ("/activity", null),
            ("/money", "main a"),
            ("/balances", null),
            ("/webhooks", "main a:has-text('webhook')"),
            ($"/webhooks/{reader.Rows.WebhookId}", "main button"),
            ("/webhooks/new", "button:has-text('Create')"),
            ("/accounts", "main button"),
            ("/risk", "select"),
            ("/alarms", null),
            ("/account/preferences", "button:has-text('Save preferences')"),
            ("/account/profile", "a:has-text('Change password')"),
            ("/account/profile/password", "button[type=submit]"),
            ("/account/security", "main a"),
            ("/account/security/sessions", "a:has-text('Back')"),
        ];
        var found = new List<string>();
        foreach (var (address, act) in pages)
        {
            await reader.Page.GotoAsync(address);
            if (
                !address.StartsWith("/account/p", StringComparison.Ordinal) && !address.StartsWith("/account/s", StringComparison.Ordinal)
                || address.EndsWith("preferences", StringComparison.Ordinal)
            )
            {
                await reader
                    .Page.Locator(".connection[data-interactive=yes]")
                    .WaitForAsync(new() { State = WaitForSelectorState.Attached });
                await Assertions.Expect(reader.Page.Locator(".skeleton")).ToHaveCountAsync(0);
            }

            if (text is not null)
            {
                await reader.Page.EvaluateAsync("text => { document.documentElement.style.fontSize = text; }", text);
            }

            await reader.Page.EvaluateAsync("document.fonts.ready");
            if (Environment.GetEnvironmentVariable("EXENGINE_LOOKS") == "all")
            {
                await reader.ShotAsync($"zoom{address.Replace('/', '-').Split('?')[0]}");
            }

            var over = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0)
            {
                found.Add($"{address}: {over} px wider than the screen");
            }

            found.AddRange((await reader.Page.EvaluateAsync<string[]>(Cut)).Select(f => $"{address}: {f}"));
            if (act is not null)
            {
                try
                {
                    await reader.Page.Locator($"{act} >> visible=true").First.ClickAsync(new() { Trial = true, Timeout = 4000 });
                }
                catch (Exception e) when (e is TimeoutException or PlaywrightException)
                {
                    found.Add(
                        $"{address}: {act} cannot be pressed: {e.Message.Split('\n').LastOrDefault(l => l.Contains("intercepts", StringComparison.Ordinal)) ?? e.Message.Split('\n')[0]}"
                    );
                }
            }
        }

        string.Join('\n', found).ShouldBeEmpty();
    }
}
