using System.Text;
using ExEngine.Core.Hosting;
using Serilog.Sinks.File;

namespace ExEngine.Web.Logs;

/// <summary>Makes every log file readable by its owner alone.</summary>
internal sealed class OwnerOnlyLogs : FileLifecycleHooks
{
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        OwnerOnly.Restrict(path);
        return base.OnFileOpened(path, underlyingStream, encoding);
    }
}
