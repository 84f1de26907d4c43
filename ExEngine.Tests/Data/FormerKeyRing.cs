using System.Xml.Linq;
using ExEngine.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Tests.Data;

/// <summary>
/// A key ring as the stores of earlier versions kept it: each key's XML on one line, and its name where there was a column for it.
/// </summary>
internal sealed class FormerKeyRing : IXmlRepository, IDisposable
{
    private readonly List<(string Name, string Xml)> _keys = [];
    private readonly ServiceProvider _services;

    public FormerKeyRing()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName("ExecutionEngine");
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = this);
        _services = services.BuildServiceProvider();
        Sealer = new SecretSealer(_services.GetRequiredService<IDataProtectionProvider>());
    }

    public SecretSealer Sealer { get; }

    public IReadOnlyList<(string Name, string Xml)> Keys => _keys;

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(k => XElement.Parse(k.Xml))];

    public void StoreElement(XElement element, string friendlyName) =>
        _keys.Add((friendlyName, element.ToString(SaveOptions.DisableFormatting)));

    public void Dispose() => _services.Dispose();
}
