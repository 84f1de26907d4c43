namespace ExEngine.Web.Api;

/// <summary>Section <c>Swagger</c>: the description of the REST interface, which everybody may read who reaches this server.</summary>
public sealed class SwaggerOptions
{
    /// <summary>Whether <c>/swagger</c> and <c>/openapi/v1.json</c> are there. Default: true.</summary>
    public bool Enabled { get; set; } = true;
}
