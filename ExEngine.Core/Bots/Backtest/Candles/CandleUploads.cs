using System.Security.Cryptography;
using ExEngine.Core.Data;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Bots.Backtest.Candles;

/// <summary>
/// Candles that users brought as CSV, by their content, so that the same file twice is one. They lie under the data directory of the
/// instance that took them, and those that nobody used for <see cref="KeptFor"/> are deleted.
/// </summary>
public sealed class CandleUploads(IOptions<DataOptions> data, TimeProvider time)
{
    /// <summary>In bytes: a year of minutes has 24 MB.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Of one user; the one that was unused for longest goes.</summary>
    public const int MaxFiles = 20;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int Decimals = 8;

    private string Root => Path.Combine(data.Value.Directory, "candles", "uploads");

    /// <exception cref="FormatException">A line is no candle, or there are fewer than two; the message says which.</exception>
    public CandleUpload Save(Guid userId, ReadOnlySpan<byte> text)
    {
        var series = CandleCsv.Parse(text, Decimals, Decimals);
        if (series.Count < 2)
        {
            throw new FormatException("There are fewer than two candles; lines are time,open,high,low,close,volume.");
        }

        var id = new Guid(SHA256.HashData(text).AsSpan(0, 16));
        Sweep(userId);
        DataDirectory.Create(Folder(userId));
        CandleFile.Write(PathOf(userId, id), series);
        Touch(PathOf(userId, id));
        var (gaps, longest) = series.Gaps();
        return new(id, series.Count, At(series.Candles[0]), At(series.Candles[^1]), series.Interval, gaps, longest);
    }

    public bool Has(Guid userId, Guid id) => File.Exists(PathOf(userId, id));

    /// <exception cref="CandlesUnavailableException">It is not here any more.</exception>
    public CandleSeries Read(Guid userId, Guid id)
    {
        try
        {
            Touch(PathOf(userId, id));
            return CandleFile.Read(PathOf(userId, id));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CandlesUnavailableException("The file with the candles is not kept here any more; bring it again.");
        }
    }

    private void Sweep(Guid userId)
    {
        var old = time.GetUtcNow().UtcDateTime - KeptFor;
        if (!Directory.Exists(Root))
        {
            return;
        }

        var mine = Folder(userId);
        var all = new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories).ToList();
        var over = all.Where(f => f.DirectoryName == new DirectoryInfo(mine).FullName)
            .OrderByDescending(f => f.LastWriteTimeUtc)
            .Skip(MaxFiles - 1);
        foreach (var file in all.Where(f => f.LastWriteTimeUtc < old).Concat(over))
        {
            file.Delete();
        }
    }

    private void Touch(string path) => File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);

    private string Folder(Guid userId) => Path.Combine(Root, userId.ToString("N"));

    private string PathOf(Guid userId, Guid id) => Path.Combine(Folder(userId), id.ToString("N") + ".candles");

    private static DateTime At(ScaledCandle candle) => DateTime.UnixEpoch.AddMilliseconds(candle.At);
}

/// <param name="Id">To be named in a backtest.</param>
/// <param name="First">UTC.</param>
/// <param name="Gaps">Intervals without a candle, and the longest row of them.</param>
public sealed record CandleUpload(Guid Id, int Count, DateTime First, DateTime Last, TimeSpan Interval, long Gaps, long LongestGap);
