using ExEngine.Core.Bots.Dca;

namespace ExEngine.Tests.Bots.Dca;

internal static class DcaExamples
{
    /// <summary>The worked table: base 100, safety 50, five of them, 1.5 %, step 1.4, volume 1.5, take-profit 2 % of the average.</summary>
    public static DcaSettings Table { get; } =
        new()
        {
            BaseOrder = 100,
            SafetyOrder = 50,
            MaxSafetyOrders = 5,
            ActiveSafetyOrders = 2,
            Deviation = 1.5m,
            StepScale = 1.4m,
            VolumeScale = 1.5m,
            TakeProfit = new() { Percent = 2 },
        };
}
