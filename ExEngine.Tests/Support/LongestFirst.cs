using ExEngine.Tests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace ExEngine.Tests.Support;

/// <summary>Begins with what takes longest, so that at the end no core waits for one class alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [".Path.", ".Pages.", ".Users.", ".Data.", ".Exchanges.", ".FakeExchange.", ".Hosting."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderBy(c => Rank(c.TestCollectionDisplayName))
                .ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal),
        ];

    private static int Rank(string collection)
    {
        var place = Array.FindIndex(Longest, folder => collection.Contains(folder, StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
