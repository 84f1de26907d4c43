using ExEngine.Tests.FakeExchange;

namespace ExEngine.Tests.Path;

/// <summary>A trader with a live account at the fake exchange.</summary>
internal sealed record LiveTrader(HttpClient Client, Guid AccountId, FakeKey Key, Sender Door);
