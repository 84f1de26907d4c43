using Bunit;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Pages.Signals;
using ExEngine.Web.Components.Parts.Tables;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages.Lists;

public sealed class LiveTableTests : BunitContext
{
    [Theory]
    [InlineData(null, "time", "descending", "symbol", "symbol")]
    [InlineData(null, "time", "descending", "time", "time")]
    [InlineData("symbol", "symbol", "ascending", "symbol", "-symbol")]
    [InlineData("-outcome", "outcome", "descending", "time", "time")]
    [InlineData("size", "time", "descending", "outcome", "outcome")]
    public void HeadOfAColumn_SaysHowItIsSortedAndAsksForTheNext(string? address, string by, string way, string pressed, string asked)
    {
        var sorts = new List<string?>();
        var table = Table(address, sorts);

        table.Find($"th.{by}").GetAttribute("aria-sort").ShouldBe(way);
        table.FindAll("th[aria-sort=ascending], th[aria-sort=descending]").Count.ShouldBe(1);
        table.Find($"th.{pressed} .sort").Click();

        sorts.ShouldBe([asked]);
    }

    [Fact]
    public void ColumnsThatTheDatabaseCannotSort_AreNoButtons() =>
        Table(null, []).FindAll("th .sort").Select(b => b.TextContent).ShouldBe(["Time", "Symbol", "Outcome"]);

    [Theory]
    [InlineData("symbol", "symbol", false)]
    [InlineData("-symbol", "symbol", true)]
    [InlineData("-time", "time", true)]
    [InlineData("reason", "time", true)]
    [InlineData("-", "time", true)]
    [InlineData(null, "time", true)]
    public void Address_IsReadAndWrittenTheSameWay(string? address, string column, bool descending)
    {
        var sort = ListSort.Of(address, "time", "symbol");

        sort.ShouldBe(new ListSort(column, descending));
        ListSort.Of(sort.Address, "time", "symbol").ShouldBe(sort);
    }

    private IRenderedComponent<SignalTable> Table(string? address, List<string?> sorts)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        var list = new LiveRows<SignalRow>(
            new()
            {
                Id = r => r.Id,
                Older = (_, _, _) => Task.FromResult<IReadOnlyList<SignalRow>>([]),
                Again = (_, _) => Task.FromResult<IReadOnlyList<SignalRow>>([]),
                CountNewer = (_, _, _) => Task.FromResult(0),
            }
        );
        return Render<SignalTable>(p =>
            p.Add(t => t.List, list)
                .Add(t => t.Filters, SignalFilters.None with { Sort = address })
                .Add(t => t.SortChanged, s => sorts.Add(s.Address))
        );
    }
}
