using ExEngine.Core.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Network;

/// <summary>What the operator must mend before the product can run is told in words, not as a stack trace.</summary>
public static class StartupErrors
{
    /// <summary>From here on, a start that is refused ends the process with exit code 1 and a text on standard error.</summary>
    public static void PrintPlainly() =>
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (Explain((Exception)e.ExceptionObject) is { } text)
            {
                Console.Error.WriteLine($"Execution Engine cannot start.\n{text}");
                Environment.Exit(1);
            }
        };

    /// <summary>Checks every section of the settings now, before anything uses one, and tells all that is wrong at once.</summary>
    public static void CheckSettings(this WebApplication app) => app.Services.GetRequiredService<IStartupValidator>().Validate();

    /// <returns>The text for the operator, or null when this is a fault of the program.</returns>
    public static string? Explain(Exception e) =>
        e switch
        {
            StartRefusedException => e.Message,
            OptionsValidationException invalid => string.Join('\n', invalid.Failures),
            AggregateException many when many.InnerExceptions.All(i => Explain(i) is not null) => string.Join(
                '\n',
                many.InnerExceptions.SelectMany(i => Explain(i)!.Split('\n')).Distinct()
            ),
            IOException when e.InnerException is AddressInUseException =>
                $"{e.Message} Stop the other program, or choose another address with ASPNETCORE_URLS.",
            _ => null,
        };
}
