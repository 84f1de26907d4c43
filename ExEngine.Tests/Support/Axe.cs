using Deque.AxeCore.Commons;
using Shouldly;

namespace ExEngine.Tests.Support;

public static class Axe
{
    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    // All rules, in the page itself: the package for Playwright opens a second page for each run, with a process of its own, and brings
    // back every element that passed as well. Only what fails is asked for, of a page that stands still: half faded in, nothing has
    // its colours.
    private const string Run = """
        async () => {
          for (const a of document.getAnimations()) if (a.effect?.getComputedTiming().endTime !== Infinity) a.finish();
          const { violations } = await axe.run(document, { resultTypes: ['violations'] });
          return violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${v.impact} ${v.id}: ${v.help}\n` + v.nodes.slice(0, 5)
              .map(n => `  ${n.html}\n    ${[...n.any, ...n.all, ...n.none].map(a => a.message).join('; ')}`).join('\n'));
        }
        """;

    /// <summary>Fails with every serious or critical finding of axe on the page as it is now.</summary>
    public static async Task ShouldBeAccessibleAsync(this Reader reader)
    {
        if (!await reader.Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await reader.Page.EvaluateAsync(Script.Value);
        }

        // Blazor takes the title of the first paint away and puts its own there; a page that never has one is found by axe.
        await reader.Page.WaitForFunctionAsync("document.title !== '' || performance.now() > 10000");
        (await reader.Page.EvaluateAsync<string[]>(Run)).ShouldBeEmpty();
    }

    /// <summary>Fails when the page is wider than the screen.</summary>
    public static async Task ShouldFitTheWidthAsync(this Reader reader)
    {
        var over = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        over.ShouldBe(0, $"The page is {over} px wider than the screen.");
    }

    /// <summary>Fails when a table has to be pushed aside inside its card on a phone. A map of two settings may.</summary>
    public static async Task ShouldNotScrollInsideAsync(this Reader reader)
    {
        var tables = await reader.Page.EvaluateAsync<string[]>(
            "innerWidth >= 768 ? [] : [...document.querySelectorAll('.scroll:has(.two-lines)')]"
                + ".filter(e => e.scrollWidth > e.clientWidth).map(e => `${e.ariaLabel}: ${e.scrollWidth} of ${e.clientWidth}`)"
        );
        tables.ShouldBeEmpty();
        var wide = await reader.Page.EvaluateAsync<string[]>(
            "innerWidth >= 768 ? [] : [...document.querySelectorAll('.scroll > table:not(.two-lines):not(.heat)')].map(e => e.parentElement.ariaLabel)"
        );
        wide.ShouldBeEmpty("Tables without a form for a phone.");
    }
}
