using System.Runtime.InteropServices;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>One interval in whole numbers: exact, and the shape in which a series lies in memory and on disk, 48 bytes.</summary>
/// <param name="At">UTC instant of its begin in milliseconds since 1970.</param>
/// <param name="Open">Prices and volume in units of the series: <see cref="CandleSeries.PriceDecimals"/>, <see
/// cref="CandleSeries.VolumeDecimals"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct ScaledCandle(long At, long Open, long High, long Low, long Close, long Volume);
