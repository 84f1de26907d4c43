using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>
/// A series as a file: a head of 32 bytes, then the candles as they lie in memory, 48 bytes each (25 MB for a year of minutes),
/// little-endian.
/// </summary>
public static class CandleFile
{
    private const int Magic = 0x4C444E43;
    private const int Version = 1;
    private const int Head = 32;

    public static void Write(string path, CandleSeries series)
    {
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], (long)series.Interval.TotalMilliseconds);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], series.PriceDecimals);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], series.VolumeDecimals);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], series.Count);

        // A reader never sees half a file.
        var part = path + ".part";
        using (var file = File.Create(part))
        {
            file.Write(head);
            file.Write(MemoryMarshal.AsBytes(series.Candles));
        }

        File.Move(part, path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">It is no such file, of another version, or cut off: delete it and load the candles
    /// again.</exception>
    public static CandleSeries Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        Span<byte> head = stackalloc byte[Head];
        if (
            file.ReadAtLeast(head, Head, throwOnEndOfStream: false) < Head
            || BinaryPrimitives.ReadInt32LittleEndian(head) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(head[4..]) != Version
        )
        {
            throw new InvalidDataException($"{path} holds no candles of this version; delete it, and they are loaded again.");
        }

        var count = BinaryPrimitives.ReadInt64LittleEndian(head[24..]);
        var candles = GC.AllocateUninitializedArray<ScaledCandle>(checked((int)count));
        var bytes = MemoryMarshal.AsBytes(candles.AsSpan());
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException($"{path} is cut off; delete it, and the candles are loaded again.");
        }

        return new(
            candles,
            TimeSpan.FromMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(head[8..])),
            BinaryPrimitives.ReadInt32LittleEndian(head[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(head[20..])
        );
    }
}
