using Xunit.v3;

namespace ExEngine.Tests.Support;

/// <summary>
/// On a class whose tests start a server, a browser or a process. <c>./test.sh --fast</c> leaves it out; <see cref="Rules.FastTests"/>
/// knows which classes must have it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsServerAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Needs", "Server")];
}
