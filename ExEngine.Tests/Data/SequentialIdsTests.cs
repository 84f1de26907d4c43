using ExEngine.Core.Data;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

public sealed class SequentialIdsTests
{
    [Fact]
    public void ManyIdsInOneMillisecond_SortInTheOrderTheyWereMade()
    {
        var ids = new SequentialIds(TimeProvider.System);

        var made = Enumerable.Range(0, 10_000).Select(_ => ids.Next()).ToList();

        made.Select(id => id.ToString()).ShouldBe(made.Select(id => id.ToString()).Order(StringComparer.Ordinal));
        made.ShouldAllBe(id => id.Version == 7 && (id.Variant & 0xC) == 0x8);
    }
}
