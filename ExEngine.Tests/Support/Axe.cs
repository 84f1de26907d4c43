using Deque.AxeCore.Playwright;
using Shouldly;

namespace ExEngine.Tests.Support;

public static class Axe
{
    /// <summary>Fails with every serious or critical finding of axe on the page as it is now.</summary>
    public static async Task ShouldBeAccessibleAsync(this Reader reader)
    {
        var result = await reader.Page.RunAxe();
        result
            .Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v =>
                $"{v.Impact} {v.Id}: {v.Help}\n"
                + string.Join('\n', v.Nodes.Take(5).Select(n => $"  {n.Html}\n    {string.Join("; ", n.Any.Select(a => a.Message))}"))
            )
            .ShouldBeEmpty();
    }

    /// <summary>Fails when the page is wider than the screen.</summary>
    public static async Task ShouldFitTheWidthAsync(this Reader reader)
    {
        var over = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        over.ShouldBe(0, $"The page is {over} px wider than the screen.");
    }
}
