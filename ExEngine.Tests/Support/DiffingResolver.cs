using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ExEngine.Tests.Support;

/// <summary>
/// bUnit names a version of AngleSharp.Diffing that the registry does not carry; the older one beside the tests
/// (folder <c>compat</c>) has what bUnit uses.
/// </summary>
internal static class DiffingResolver
{
    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(System.IO.Path.Combine(AppContext.BaseDirectory, "compat", "AngleSharp.Diffing.dll"))
            : null;
}
