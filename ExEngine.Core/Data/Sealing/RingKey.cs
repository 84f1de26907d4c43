using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ExEngine.Core.Data.Sealing;

/// <summary>One key of the ring as it is stored: its XML, which lies open or is sealed by a certificate.</summary>
public sealed class RingKey
{
    // On the element, where Data Protection ignores it: an open copy may still lie in a backup, so nothing may be sealed under this key.
    private const string WasOpenAttribute = "wasOpen";

    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private readonly XElement _element;

    private RingKey(string xml, XElement element, Guid id) => (Xml, _element, Id) = (xml, element, id);

    /// <summary>As it is stored, to the letter.</summary>
    public string Xml { get; }
    public Guid Id { get; }

    /// <summary>Whoever reads the store reads the key.</summary>
    public bool IsOpen => Open().Any();

    /// <summary>It was stored open once, and was rewritten since.</summary>
    public bool WasOpen => _element.Attribute(WasOpenAttribute) is not null;

    /// <summary>May seal secrets: it was never stored open.</summary>
    public bool IsTrusted => !IsOpen && !WasOpen;

    /// <returns>Null for what is no key, such as a revocation.</returns>
    public static RingKey? Read(string xml)
    {
        try
        {
            var element = XElement.Parse(xml);
            return element.Name.LocalName == "key" && Guid.TryParse((string?)element.Attribute("id"), out var id)
                ? new RingKey(xml, element, id)
                : null;
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }

    /// <summary>The same key, sealed, as Data Protection would have stored it.</summary>
    public string Seal(IXmlEncryptor encryptor)
    {
        var copy = new RingKey(Xml, new XElement(_element), Id);
        foreach (var open in copy.Open().ToList())
        {
            var encrypted = encryptor.Encrypt(new XElement(open));
            open.ReplaceWith(
                new XElement(
                    Protection + "encryptedSecret",
                    new XAttribute("decryptorType", encrypted.DecryptorType.AssemblyQualifiedName!),
                    encrypted.EncryptedElement
                )
            );
        }

        copy._element.SetAttributeValue(WasOpenAttribute, true);
        return copy._element.ToString(SaveOptions.DisableFormatting);
    }

    private IEnumerable<XElement> Open() =>
        _element.Descendants().Where(e => (bool?)e.Attribute(Protection + "requiresEncryption") == true);
}
