using System.Collections.Frozen;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// What an asset is worth in USDT over time: a walk whose logarithm is a sum of waves of noise, each twice as long as the
/// one before and √2 times as high, which moves like a market at every scale and still stays near where it began.
/// All of it is exact arithmetic, the same on every machine.
/// </summary>
internal sealed class SimulatedAsset
{
    // 2^25 steps of a quarter second are 97 days.
    private const int Waves = 26;
    private const decimal Unit = 1_000_000_000m;
    private const decimal RootOfTwo = 1.4142135623730950488m;

    // Near what they were at the start of 2026; the second number is the height of the longest wave.
    private static readonly FrozenDictionary<string, SimulatedAsset> All = new SimulatedAsset[]
    {
        new("BTC", 91_500m, 0.12m),
        new("ETH", 3_150m, 0.15m),
        new("BNB", 890m, 0.13m),
        new("SOL", 138m, 0.17m),
        new("XRP", 2.10m, 0.17m),
        new("ADA", 0.39m, 0.18m),
        new("DOGE", 0.142m, 0.2m),
        new("LTC", 81m, 0.15m),
        new("LINK", 13.4m, 0.17m),
        new("DOT", 2.15m, 0.18m),
        new("SHIB", 0.0000086m, 0.2m),
        new("EUR", 1.17m, 0.012m),
    }.ToFrozenDictionary(a => a._name, StringComparer.Ordinal);

    private readonly string _name;
    private readonly decimal _start;
    private readonly ulong _key;
    private readonly long[] _heights = new long[Waves];

    private SimulatedAsset(string name, decimal start, decimal height)
    {
        (_name, _start) = (name, start);
        foreach (var letter in name)
        {
            _key = Mix(_key ^ letter);
        }

        for (var wave = Waves - 1; wave >= 0; wave--, height /= RootOfTwo)
        {
            _heights[wave] = (long)(height * Unit);
        }
    }

    public static SimulatedAsset Of(string name) => All[name];

    public decimal At(int seed, long step)
    {
        var key = Mix(_key ^ (ulong)seed);
        var sum = 0L;
        for (var wave = 0; wave < Waves; wave++)
        {
            var (node, inside, length) = (step >> wave, step & ((1L << wave) - 1), 1L << wave);
            var (from, to) = (Noise(key, wave, node), Noise(key, wave, node + 1));
            sum += (from + ((to - from) * inside / length)) * _heights[wave] / (long)Unit;
        }

        return _start * Exp(sum / Unit);
    }

    /// <summary>From −10⁹ to 10⁹.</summary>
    private static long Noise(ulong key, int wave, long node) =>
        (long)(Mix(Mix(key + (ulong)wave) ^ (ulong)node) % 2_000_000_001) - 1_000_000_000;

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // The exponent is within ±1; an eighth of it needs few terms of the series.
    private static decimal Exp(decimal exponent)
    {
        var x = exponent / 8;
        var (sum, term) = (1m, 1m);
        for (var n = 1; n <= 10; n++)
        {
            term *= x / n;
            sum += term;
        }

        var square = sum * sum;
        var fourth = square * square;
        return fourth * fourth;
    }
}
