namespace ExEngine.Tests.FakeExchange;

/// <summary>What the fake exchange lists: the odd ticks and steps that doubles get wrong.</summary>
internal static class FakeMarkets
{
    public static IReadOnlyList<FakeMarket> Spot { get; } =
    [
        new("BTC", "USDT", "0.01000000", "0.00001000") { StartPrice = 50_000 },
        new("ETH", "USDT", "0.05000000", "0.00100000")
        {
            OldNotional = true,
            MinNotional = "10.00000000",
            StartPrice = 3_000,
        },
        new("BNB", "USDT", "0.10000000", "0.00100000") { StartPrice = 600 },
        new("QTR", "USDT", "0.25000000", "1.00000000") { StartPrice = 10 },
        new("SHIB", "USDT", "0.00000001", "1.00000000")
        {
            MaxPrice = "1.00000000",
            MaxQuantity = "46116860414.00000000",
            StartPrice = 0.00002m,
        },
        new("TEN", "USDT", "10.00000000", "0.10000000") { StartPrice = 200 },
        new("PEPE", "BTC", "0.000000000000000001", "0.000000000000000001")
        {
            MaxQuantity = "92233720368.000000000000000001",
            StartPrice = 0.0000000001m,
        },
        new("NOMAX", "USDT", "0.00010000", "0.00000001")
        {
            MinPrice = "0.00000000",
            MaxPrice = "0.00000000",
            StartPrice = 1,
        },
        new("OLD", "USDT", "0.01000000", "0.01000000") { Status = "BREAK" },
    ];

    public static IReadOnlyList<FakeMarket> Perpetuals { get; } =
    [
        new("BTC", "USDT", "0.10", "0.001")
        {
            Perpetual = true,
            MinNotional = "100",
            MaxQuantity = "1000",
        },
        new("1000PEPE", "USDT", "0.0000001", "1") { Perpetual = true, MinNotional = "5" },
    ];
}
