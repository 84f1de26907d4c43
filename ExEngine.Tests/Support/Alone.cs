using Xunit;

namespace ExEngine.Tests.Support;

/// <summary>The collection of tests that measure time: they run after all others, one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
