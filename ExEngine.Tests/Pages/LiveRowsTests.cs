using ExEngine.Web.Components.Live;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>Lists that are sorted otherwise than newest first, over rows in memory.</summary>
public sealed class LiveRowsTests
{
    private static readonly IReadOnlySet<Guid> Nothing = new HashSet<Guid>();

    private readonly List<Row> _stored = [];

    [Fact]
    public async Task ReaderAtTheTop_SeesANewRowWhereItBelongs()
    {
        Add(1, "BTC");
        Add(2, "SOL");
        var list = await LoadAsync();

        Add(3, "ETH");
        (await list.RefreshAsync(Nothing, atTop: true, default)).ShouldBeTrue();

        list.Rows.Select(r => r.Symbol).ShouldBe(["BTC", "ETH", "SOL"]);
        list.Arrived.ShouldBe([IdOf(3)]);
        list.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task ReaderFurtherDown_KeepsTheRowsWhereTheyAreAndIsTold()
    {
        Add(1, "BTC");
        Add(2, "SOL");
        var list = await LoadAsync();

        Add(3, "ETH");
        Add(4, "ADA");
        _stored[0] = _stored[0] with { State = "done" };
        await list.RefreshAsync(new HashSet<Guid> { IdOf(1) }, atTop: false, default);

        list.Rows.Select(r => (r.Symbol, r.State)).ShouldBe([("BTC", "done"), ("SOL", "new")]);
        list.Waiting.ShouldBe(2);
        await list.RefreshAsync(Nothing, atTop: true, default);
        list.Rows.Select(r => r.Symbol).ShouldBe(["ADA", "BTC", "ETH", "SOL"]);
        list.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task NewRowBeforeTheNextPage_BringsNoneTwice()
    {
        for (var i = 1; i <= LiveRows<Row>.PageSize + 50; i++)
        {
            Add(i, "B");
        }

        var list = await LoadAsync();
        list.HasOlder.ShouldBeTrue();
        Add(5000, "A");
        await list.LoadOlderAsync(default);

        list.Rows.Select(r => r.Id).ShouldBeUnique();
        list.Rows.Count.ShouldBe(LiveRows<Row>.PageSize + 50);
        list.HasOlder.ShouldBeFalse();
    }

    private async Task<LiveRows<Row>> LoadAsync()
    {
        var list = new LiveRows<Row>(
            new()
            {
                Id = r => r.Id,
                Older = (before, take, _) =>
                    Rows(_stored.Where(r => before is null || r.Id.CompareTo(before.Value) < 0).Reverse().Take(take)),
                Sorted = (_, skip, take, _) => Rows(_stored.OrderBy(r => r.Symbol, StringComparer.Ordinal).Skip(skip).Take(take)),
                Again = (ids, _) => Rows(_stored.Where(r => ids.Contains(r.Id))),
                CountNewer = (after, most, _) => Task.FromResult(_stored.Count(r => r.Id.CompareTo(after) > 0)),
            }
        );
        await list.LoadAsync(default);
        return list;
    }

    private void Add(int number, string symbol) => _stored.Add(new(IdOf(number), symbol, "new"));

    private static Task<IReadOnlyList<Row>> Rows(IEnumerable<Row> rows) => Task.FromResult<IReadOnlyList<Row>>([.. rows]);

    private static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);

    private sealed record Row(Guid Id, string Symbol, string State);
}
