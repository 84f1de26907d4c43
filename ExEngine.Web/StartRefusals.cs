using ExEngine.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ExEngine.Web;

/// <summary>Runs the application; what the operator must mend is told in words, not as a stack trace.</summary>
public static class StartRefusals
{
    /// <returns>0 after an orderly stop; 1 when the start was refused.</returns>
    public static async Task<int> RunToExitCodeAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } text)
        {
            await Console.Error.WriteLineAsync($"Execution Engine cannot start.\n{text}");
            return 1;
        }
    }

    private static string? Explain(Exception e) => e switch
    {
        StartRefusedException => e.Message,
        OptionsValidationException invalid => string.Join('\n', invalid.Failures),
        AggregateException many when many.InnerExceptions.All(i => Explain(i) is not null) =>
            string.Join('\n', many.InnerExceptions.Select(Explain)),
        InvalidOperationException when e.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => e.Message,
        IOException when e.InnerException is AddressInUseException =>
            $"{e.Message} Stop the other program, or choose another address with ASPNETCORE_URLS.",
        _ => null,
    };
}
