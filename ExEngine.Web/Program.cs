using ExEngine.Core;
using ExEngine.Web;
using ExEngine.Web.Api;
using ExEngine.Web.Components;
using ExEngine.Web.Health;
using ExEngine.Web.Users;
using ExEngine.Web.Webhooks;

var builder = WebApplication.CreateBuilder(args);
builder.UseAddressAndAssets();
builder.Services.AddExEngineCore(builder.Configuration);
builder.Services.AddUsers();
builder.Services.AddApi();
builder.Services.AddHealth();
builder.Services.AddPages();

var app = builder.Build();
app.UseStatusCodePagesForBrowsers();
app.UseApiProblems();
app.UseCrossSiteGuard();
// Explicit, so that a page that is executed again for a status code is routed again.
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapHealth();
app.MapHooks();
app.MapApi();
app.MapUsers();
app.MapPages();

return await app.RunToExitCodeAsync();

/// <summary>Named so that tests can start it.</summary>
public partial class Program;
