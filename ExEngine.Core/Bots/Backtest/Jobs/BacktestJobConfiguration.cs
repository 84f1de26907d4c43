using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExEngine.Core.Bots.Backtest.Jobs;

internal sealed class BacktestJobConfiguration : IEntityTypeConfiguration<BacktestJob>
{
    public void Configure(EntityTypeBuilder<BacktestJob> builder)
    {
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Name).HasMaxLength(BacktestJob.MaxName);
        builder.Property(j => j.BotKind).HasMaxLength(16);
        builder.Property(j => j.Exchange).HasMaxLength(64);
        builder.Property(j => j.Symbol).HasMaxLength(64);
        builder.Property(j => j.Step).HasMaxLength(BacktestJob.MaxText);
        builder.Property(j => j.Problem).HasMaxLength(BacktestJob.MaxText);
        builder.Property(j => j.DataKey).HasMaxLength(BacktestJob.MaxDataKey);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(j => j.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(j => new { j.UserId, j.Id });
    }
}
