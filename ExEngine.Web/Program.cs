using ExEngine.Core;
using ExEngine.Core.Hosting;
using ExEngine.Web.Api;
using ExEngine.Web.Components;
using ExEngine.Web.Health;
using ExEngine.Web.Logs;
using ExEngine.Web.Mail;
using ExEngine.Web.Network;
using ExEngine.Web.Telemetry;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Commands;
using ExEngine.Web.Webhooks;

StartupErrors.PrintPlainly();
ClosedProcess.Close();
var builder = WebApplication.CreateBuilder(args);
builder.UseAddressAndAssets();
builder.AddLogs();
builder.AddTelemetry();
builder.AddNetwork();
builder.Services.AddExEngineCore(builder.Configuration);
builder.Services.AddMail();
builder.Services.AddUsers();
builder.Services.AddApi();
builder.Services.AddHealth();
builder.Services.AddPages();

var app = builder.Build();
app.CheckSettings();
Failpoint.Arm(app.Configuration["Execution:DangerousFailpoint"]);
if (UserCommands.Are(args))
{
    return await UserCommands.RunAsync(app.Services, args, Console.Out);
}

app.UseMiddleware<RequestLog>();
app.UseNetwork();
app.UseStatusCodePagesForBrowsers();
app.UseApiProblems();
app.UseCrossSiteGuard();

// Explicit, so that a page that is executed again for a status code is routed again.
app.UseRouting();
app.UseOtherOrigins();
app.UseAuthentication();
app.UseAuthorization();
app.UseMiddleware<CircuitCaps>();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapHealth();
app.MapHooks();
app.MapApi();
app.MapRestDocument();
app.MapUsers();
app.MapPages();

await app.RunAsync();
return 0;

/// <summary>Named so that tests can start it.</summary>
public partial class Program;
