using ExEngine.Core.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity.Data;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace ExEngine.Web.Api;

/// <summary>The REST interface described at <c>/openapi/v1.json</c>, and Swagger UI over it at <c>/swagger</c>.</summary>
public static class RestDocument
{
    private const string Bearer = "bearer";

    public static IServiceCollection AddRestDocument(this IServiceCollection services)
    {
        services.AddSettings<SwaggerOptions>("Swagger");
        return services.AddOpenApi(o =>
        {
            o.AddDocumentTransformer(Describe);
            o.AddOperationTransformer(RequireBearer);
            o.AddSchemaTransformer(ShowExactValues);
            o.AddSchemaTransformer(ShowPasswordAgain);
        });
    }

    public static void MapRestDocument(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<SwaggerOptions>>().Value.Enabled)
        {
            return;
        }

        app.MapOpenApi();
        app.UseSwaggerUI(o =>
        {
            o.DocumentTitle = "Execution Engine REST";
            o.SwaggerEndpoint("/openapi/v1.json", "Execution Engine");
        });
    }

    private static Task Describe(
        Microsoft.OpenApi.OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Execution Engine",
            Version = "v1",
            Description =
                "Every amount, price and percentage is a string that holds an exact decimal; numbers are accepted on input. "
                + "Times are UTC with Z. Lists take limit and cursor and answer items and nextCursor. Errors are problem details with a code. "
                + "Sign in at POST /api/auth/login and send the accessToken as a bearer token. What gives or takes lasting access answers "
                + "403 confirmation_required when that is more than five minutes ago: prove that it is you at POST /api/auth/confirm. "
                + "Each refreshToken works once.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "The accessToken of POST /api/auth/login.",
        };
        return Task.CompletedTask;
    }

    private static Task RequireBearer(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        }

        return Task.CompletedTask;
    }

    // Identity's request does not know of it.
    private static Task ShowPasswordAgain(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.JsonTypeInfo.Type == typeof(TwoFactorRequest) && context.JsonPropertyInfo is null)
        {
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["password"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Description = "Your password again, in place of a confirmation.",
            };
        }

        return Task.CompletedTask;
    }

    // Their converters hide from the schema what they write.
    private static Task ShowExactValues(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(decimal) || type == typeof(DateTime))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = type == typeof(decimal) ? "decimal" : "date-time";
            schema.Pattern = null;
        }

        return Task.CompletedTask;
    }
}
